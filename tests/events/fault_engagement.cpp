#include "fault_fixture.hpp"

namespace shop::test {

std::vector<TellingChange> changes_of_engagement(FaultFixture& shop) {
  const auto host = shop.host;
  const auto ann = shop.ann;
  const auto keeper = shop.keeper;
  const auto product = shop.product;
  const auto id = std::make_shared<Id>();
  const auto review = [=](Engine& on) { *id = on.reviews().add(ann, {product, 5, "Good"}).id; };
  std::vector<TellingChange> out;
  out.push_back({"review", {"review.created", "loyalty.points", "loyalty.tier"}, {}, review, {}});
  out.push_back({"change a review",
                 {"review.updated"},
                 review,
                 [=](Engine& on) {
                   ReviewChange change;
                   change.review_id = *id;
                   change.version = on.reviews().get(ann, *id).version;
                   change.stars = 4;
                   on.reviews().update(ann, change);
                 },
                 {}});
  out.push_back({"remove a review",
                 {"review.removed"},
                 review,
                 [=](Engine& on) { on.reviews().remove(ann, *id); },
                 {}});
  out.push_back({"hide a review",
                 {"review.status", "notification.created"},
                 review,
                 [=](Engine& on) {
                   on.reviews().moderate(host, {*id, ReviewStatus::hidden, "rude"});
                 },
                 {}});
  out.push_back({"answer a review",
                 {"notification.created"},
                 review,
                 [=](Engine& on) { on.reviews().answer(host, *id, "Thank you"); },
                 {}});
  out.push_back({"give points",
                 {"loyalty.points"},
                 {},
                 [=](Engine& on) {
                   on.loyalty().adjust(host, {ann.user_id(), 400, "gift"});
                 },
                 {}});
  out.push_back({"tell somebody",
                 {"notification.created"},
                 {},
                 [=](Engine& on) {
                   on.notify().send(host, {keeper.user_id(), "News", "All is well"});
                 },
                 {}});
  return out;
}

}  // namespace shop::test
