"""Dates as exports spell them: a moment in the zone that is told, or nothing."""

from __future__ import annotations

import pytest

from tagwire.intake.exports import when


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param("2024-03-05T09:10:11Z", "2024-03-05T09:10:11+00:00", id="utc"),
        pytest.param("2024-03-05 09:10:11 UTC", "2024-03-05T09:10:11+00:00", id="utc-in-words"),
        pytest.param("2024-03-05T09:10:11.1234567+0330", "2024-03-05T09:10:11+03:30", id="seven-digits-of-a-second"),
        pytest.param("2024-03-05 09:10:11 -03", "2024-03-05T09:10:11-03:00", id="whole-hours"),
        pytest.param("2024/3/5 9:10", "2024-03-05T09:10:00+01:00", id="single-digits-in-the-zone-of-the-site"),
        pytest.param("2024-07-05", "2024-07-05", id="a-day"),
        pytest.param("Tue, 05 Mar 2024 09:10:11 -0000", "2024-03-05T09:10:11+00:00", id="mail-from-nowhere"),
        pytest.param("Tue, 05 Mar 2024 09:10:11 EST", "2024-03-05T09:10:11-05:00", id="mail-with-a-named-zone"),
        pytest.param("1709629811", "2024-03-05T09:10:11+00:00", id="seconds"),
        pytest.param("1709629811000", "2024-03-05T09:10:11+00:00", id="milliseconds"),
        pytest.param("0000-00-00 00:00:00", None, id="never"),
        pytest.param("Mon, 30 Nov -0001 00:00:00 +0000", None, id="never-by-wordpress"),
        pytest.param("0001-01-01T00:00:00Z", None, id="never-by-go"),
        pytest.param("2024-02-31", None, id="no-such-day"),
        pytest.param("yesterday", None, id="words"),
    ],
)
def test_a_date_is_read_however_it_is_spelt(text: str, wanted: str | None) -> None:
    """What states no zone is in the site's; what is no date is none."""
    found = when.parse(text, "Europe/Berlin")
    assert (found and found.iso) == wanted
    assert found is None or found.timed == ("T" in str(wanted))


def test_a_zone_that_nobody_knows_is_utc() -> None:
    """The export names it; the article keeps its date."""
    found = when.parse("2024-03-05 09:10", "Mars/Olympus")
    assert found is not None
    assert found.iso == "2024-03-05T09:10:00+00:00"


@pytest.mark.parametrize(
    ("local", "utc", "wanted"),
    [
        ("2024-03-05 12:40:00", "2024-03-05 09:10:00", "2024-03-05T12:40:00+03:30"),
        ("2024-03-05 12:40:00", "0000-00-00 00:00:00", None),
        ("2024-03-05 12:40:00", "2024-02-31 09:10:00", None),
        ("2024-03-05 12:40:00", "2024-03-01 12:40:00", None),
    ],
)
def test_wordpress_tells_its_zone_by_two_clocks(local: str, utc: str, wanted: str | None) -> None:
    """Their difference; none where one of them says nothing, or they are further apart than any zone."""
    found = when.from_pair(local, utc)
    assert (found and found.iso) == wanted
