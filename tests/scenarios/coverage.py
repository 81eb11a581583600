"""coverage.py <shop.json> <scenario.json>...: every operation is called, with success, by a
scenario, or is on the list below with the reason; and fails with no code that its header does not
name."""

import json
import sys

NOT_CALLED = {
    "shop_engine_open": "takes a file; the runners open in memory, tests/capi/opening.c does this",
    "shop_engine_open_memory": "what the runners start with",
    "shop_engine_open_image": "tests/capi/opening.c; the packages' own tests",
    "shop_engine_serialize":
        "gives bytes that are no text; tests/capi/opening.c, the packages' own tests",
    "shop_engine_close": "what the runners end with",
    "shop_engine_fork": "gives an engine; tests/capi/opening.c, the packages' own tests",
    "shop_engine_restore": "gives an engine; tests/capi/opening.c, the packages' own tests",
    "shop_audit_watch": "takes a function; tests/capi/watch.c",
    "shop_session_host": "what the runners start with",
    "shop_session_guest": "what the runners start with",
    "shop_session_close": "what the runners end with",
}

# What every call may fail with: `@errors` names the rest.
COMMON = {"bad_handle", "invalid_argument", "invalid_utf8", "too_large", "unauthenticated",
          "forbidden", "session_expired", "session_revoked"}

api = json.load(open(sys.argv[1], encoding="utf-8"))
operations = {name for name, function in api["functions"].items() if not function.get("raw")}
called, refused, problems = set(), set(), []
for path in sys.argv[2:]:
    for step in json.load(open(path, encoding="utf-8"))["steps"]:
        if "call" in step:
            (refused if "error" in step else called).add(step["call"])
        code = step.get("error", {}).get("code")
        if code and code not in COMMON and step["call"] in operations and \
                code not in api["functions"][step["call"]]["errors"]:
            problems.append(f"{step['call']} fails with {code} in {path}, which its @errors lack")

problems += [f"{name} is called by no scenario: add a step to tests/scenarios/*.json"
            for name in sorted(operations - called - set(NOT_CALLED))]
problems += [f"{name} is called after all: take it off the list"
             for name in sorted((called | refused) & set(NOT_CALLED))]
problems += [f"{name} is no operation" for name in sorted((called | refused) - operations)]
problems += [f"{name} is on the list and no operation"
             for name in sorted(set(NOT_CALLED) - operations)]
for problem in problems:
    print(problem)
print(f"{len(operations)} operations, {len(called)} called, {len(refused)} also refused")
sys.exit(1 if problems else 0)
