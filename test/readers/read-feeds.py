"""Reads feeds by Python's feedparser: a JSON list of texts on standard input, a JSON list of readings on standard output.

Nothing is mended and nothing is left out: what it cleans from HTML and makes of relative addresses is switched off.
"""

import calendar
import datetime
import io
import json
import sys

import feedparser


def moment(parsed):
    if parsed is None:
        return None
    at = datetime.datetime.fromtimestamp(calendar.timegm(parsed), datetime.timezone.utc)
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def read_entry(entry):
    bodies = entry.get("content") or []
    pictures = [one for one in entry.get("media_content", []) if one.get("medium") == "image"]
    return {
        "title": entry.get("title"),
        "link": entry.get("link"),
        "id": entry.get("id"),
        "published": moment(entry.get("published_parsed")),
        "updated": moment(entry.get("updated_parsed")),
        "content": bodies[0]["value"] if bodies else entry.get("summary"),
        "image": pictures[0].get("url") if pictures else None,
        "enclosures": [
            {"url": one.get("href"), "type": one.get("type"), "length": one.get("length")}
            for one in entry.get("enclosures", [])
        ],
    }


def read_feed(text):
    feed = feedparser.parse(
        io.BytesIO(text.encode("utf-8")), sanitize_html=False, resolve_relative_uris=False
    )
    return {
        "refused": str(feed.bozo_exception) if feed.bozo else None,
        "title": feed.feed.get("title"),
        "entries": [read_entry(entry) for entry in feed.entries],
    }


json.dump([read_feed(text) for text in json.load(sys.stdin)], sys.stdout)
