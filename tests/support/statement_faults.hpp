#pragma once

/// Makes the Nth statement that runs on any connection fail, as a full disk or a lost lock would.
/// It hangs on SQLite's own trace and progress hooks, so that nothing of the library is replaced.
namespace shop::test {

class StatementFaults {
 public:
  /// From now on new connections are watched. @pre one at a time
  StatementFaults();
  ~StatementFaults();
  StatementFaults(const StatementFaults&) = delete;
  StatementFaults& operator=(const StatementFaults&) = delete;

  /// Counts from here; the statement with this number fails (0: none).
  void arm(int statement);
  /// How many statements began since arm().
  [[nodiscard]] int seen() const;
  /// Whether the fault happened. Statements too short to be interrupted have none.
  [[nodiscard]] bool fired() const;
};

}  // namespace shop::test
