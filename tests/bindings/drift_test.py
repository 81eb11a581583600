"""Edits copies of the C header in harmful ways; each must be refused. A check that never fails
proves nothing."""

import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NEEDED = ("capi", "bindings/generate.py", "bindings/generator", "bindings/python/src",
          "bindings/node/lib", "bindings/node/index.js", "bindings/node/index.mjs",
          "bindings/node/promises.mjs", "src/accounts/operations.def", "tests/capi/symbols.c",
          "docs/reference.md", "tests/scenarios/generated")


def generate(root: Path, *options: str) -> tuple[int, str]:
    done = subprocess.run([sys.executable, ROOT / "bindings/generate.py", "--root", root, *options],
                          capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


class Drift(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.folder = tempfile.TemporaryDirectory()
        cls.original = Path(cls.folder.name, "original")
        for name in NEEDED:
            source, target = ROOT / name, cls.original / name
            target.parent.mkdir(parents=True, exist_ok=True)
            if source.is_dir():
                shutil.copytree(source, target)
            elif source.exists():
                shutil.copy(source, target)
        assert generate(cls.original, "--baseline")[0] == 0

    @classmethod
    def tearDownClass(cls) -> None:
        cls.folder.cleanup()

    def edited(self, header: str, pattern: str, replacement: str) -> Path:
        copy = Path(tempfile.mkdtemp(dir=self.folder.name))
        shutil.copytree(self.original, copy, dirs_exist_ok=True)
        path = copy / "capi/include/shop" / header
        source = path.read_text()
        changed = re.sub(pattern, replacement, source, count=1, flags=re.S)
        self.assertNotEqual(source, changed, "the edit found nothing to change")
        path.write_text(changed)
        return copy

    def refused(self, copy: Path, reason: str) -> None:
        status, output = generate(copy, "--rules")
        self.assertNotEqual(status, 0)
        self.assertRegex(output, reason)

    def test_the_original_is_clean(self) -> None:
        self.assertEqual(generate(self.original, "--check"), (0, ""))

    def test_a_member_was_removed(self) -> None:
        copy = self.edited("session.h", r"  shop_id guest_id;[^\n]*\n", "")
        self.refused(copy, r"shop_session_actor\.guest_id was moved, removed")
        generate(copy)  # generating everything again does not hide it
        status, output = generate(copy, "--check")
        self.assertNotEqual(status, 0)
        self.assertRegex(output, r"shop_session_actor\.guest_id was moved, removed")

    def test_members_were_reordered(self) -> None:
        copy = self.edited("engine.h", r"(  int64_t reads;[^\n]*\n)(  int64_t writes;[^\n]*\n)",
                           r"\2\1")
        self.refused(copy, r"shop_engine_statistics\.reads was moved")

    def test_a_member_got_another_type(self) -> None:
        copy = self.edited("session.h", r"shop_id user_id;", "int32_t user_id; int32_t user_tag;")
        self.refused(copy, r"shop_session_actor\.user_id was moved, removed or given another type")

    def test_a_constant_was_renumbered(self) -> None:
        copy = self.edited("session.h", r"SHOP_ROLE_STAFF = 4", "SHOP_ROLE_STAFF = 14")
        self.refused(copy, r"SHOP_ROLE_STAFF was 4 and is 14")

    def test_a_function_changed_its_parameters(self) -> None:
        copy = self.edited("engine.h", r"shop_engine_advance\(shop_engine \*engine, int64_t",
                           "shop_engine_advance(shop_engine *engine, int32_t")
        self.refused(copy, r"shop_engine_advance changed its signature")

    def test_a_function_was_removed(self) -> None:
        copy = self.edited("engine.h", r"/\*\* Sizes and counts\.\n.*?;\n", "")
        self.refused(copy, r"shop_engine_stats was removed")

    def test_what_is_allowed_needs_a_reason(self) -> None:
        copy = self.edited("engine.h", r"/\*\* Sizes and counts\.\n.*?;\n", "")
        allowed = copy / "bindings/baseline-allowed.json"
        allowed.write_text('{"shop_engine_stats": ""}')
        self.refused(copy, r"shop_engine_stats was removed")
        allowed.write_text('{"shop_engine_stats": "was never released"}')
        self.assertEqual(generate(copy, "--rules"), (0, ""))

    def test_an_optional_member_came_between_others(self) -> None:
        copy = self.edited("engine.h", r"must_exist;( +)/\*\*<", r"must_exist;\1/**< @optional")
        self.refused(copy, r"has another bit")

    def test_a_function_without_tags(self) -> None:
        copy = self.edited("engine.h", r" \* @errors busy, io, full\n", "")
        self.refused(copy, r"shop_engine_checkpoint: lacks @errors")

    def test_a_function_without_a_permission(self) -> None:
        copy = self.edited("catalog.h", r"shop_catalog_categories\(", "shop_catalog_all_of_them(")
        self.refused(copy, r"shop_catalog_all_of_them: has no row in src/accounts/operations.def")

    def test_output_that_was_not_generated_again(self) -> None:
        copy = self.edited("engine.h", r"Sizes and counts\.", "Counts and sizes.")
        status, output = generate(copy, "--check")
        self.assertNotEqual(status, 0)
        self.assertIn("differs: bindings/python/src/libshop/_api.py", output)

    def test_hidden_padding(self) -> None:
        copy = self.edited("session.h", r"  uint32_t unused_2;\n", "")
        status, output = generate(copy, "--check")
        self.assertNotEqual(status, 0)
        self.assertIn("4 bytes of padding before user_id", output)

    def test_an_appended_member_is_fine(self) -> None:
        copy = self.edited("engine.h", r"\} shop_engine_statistics;",
                           "  int64_t extra; /**< new. @since 1.1 */\n} shop_engine_statistics;")
        generate(copy)
        self.assertEqual(generate(copy, "--check"), (0, ""))


if __name__ == "__main__":
    unittest.main()
