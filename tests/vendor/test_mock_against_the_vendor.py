"""The mock before its judge: schemathesis compares what it answers with the vendor's own description."""

from __future__ import annotations

import subprocess
from collections import Counter
from pathlib import Path

import pytest

from tests.vendor.mock_vendor import PARTNER_ID, ROUTES, Job, MockVendor, Route, owner
from tests.vendor.serving import served

pytestmark = pytest.mark.programs

ROOT = Path(__file__).parents[2]
JUDGE = ROOT / "tests" / "judges" / ".venv" / "bin" / "schemathesis"
OPERATIONS = [route for route in ROUTES if route.path.startswith("/v3/")]
"""All that the mock offers, but for the login, of which the description says nothing."""
CHECKS = ("not_a_server_error", "status_code_conformance", "content_type_conformance", "response_schema_conformance")
LIST, ACCOUNT = "8c077f20-1586-11e4-bcb3-00163e56be7c", "a07e1lxqqqo0"
"""What the description's examples name, so that they meet something."""
ACTIVITY = "86b90820-cc52-11ea-9dad-fa163e3d9194"
"""The description's own example of one to ask for is no UUID, as ids of activities must be."""


def description() -> Path:
    """Return the vendor's description, which lies beside the checkout and is no part of it."""
    places = [folder / "shared" / "vendor-api.yml" for folder in ROOT.parents]
    found = next((place for place in places if place.exists()), None)
    assert found, f"the vendor's description is not there: none of {', '.join(map(str, places))}"
    return found


class Watched(MockVendor):
    """Counts its answers."""

    def __init__(self) -> None:
        super().__init__()
        self.answers: Counter[tuple[Route, int]] = Counter()

    def _respond(self, asked):
        done = super()._respond(asked)
        self.answers.update(
            (route, done.status) for route in ROUTES if route.method == asked.method and route.fits(asked.path)
        )
        return done


def test_the_mock_is_true_to_the_vendors_description(tmp_path: Path) -> None:
    vendor = Watched()
    vendor.access_tokens = vendor.partner_tokens = {"judge"}
    vendor.managed = [owner(1, encoded_account_id=ACCOUNT), *(owner(n) for n in range(120))]
    vendor.lists = [{"list_id": LIST, "name": "TopTier"}]
    vendor.jobs = [Job(ACTIVITY, "a.csv", 2, LIST, "2026-03-04T09:12:00.000Z", ["completed"], 2)]
    (tmp_path / "schemathesis.toml").write_text(f'[parameters]\n"path.activity_id" = "{ACTIVITY}"\n')
    with served(vendor) as address:
        command = [
            JUDGE, "run", description(), "--url", f"{address}/v3", "--seed", "1", "--no-color", "--max-examples", "25",
            "--header", "Authorization: Bearer judge", "--header", f"x-api-key: {PARTNER_ID}",
            "--checks", ",".join(CHECKS), "--generation-database", "none", "--warnings", "off",
        ]  # fmt: skip
        names = [f"{route.method} {route.path.removeprefix('/v3')}" for route in OPERATIONS]
        chosen = [word for name in names for word in ("--include-name", name)]
        done = subprocess.run([*command, *chosen], capture_output=True, text=True, cwd=tmp_path, check=False)
    assert done.returncode == 0, done.stdout[-5_000:] + done.stderr[-2_000:]
    assert f"Selected: {len(OPERATIONS)}/" in done.stdout
    for route in OPERATIONS:
        answered = {status for (which, status), _ in vendor.answers.items() if which == route}
        assert answered & {200, 201}, f"{route.method} {route.path} was never answered well: {answered}"
