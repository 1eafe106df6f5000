"""No other site may act in a reviewer's name: requests that change something come from our own pages, or from no browser at all."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping

HEADER = "x-csrf-token"
FIELD = "csrf_token"
SAFE = frozenset(("GET", "HEAD", "OPTIONS"))
# Plain forms, which cannot send a header: their pages check the token in the form.
FORMS = frozenset(("/login", "/logout", "/upload"))


def token_of(seed: str) -> str:
    """The token of the pages that a session is shown."""
    return hashlib.sha256(b"csrf:" + seed.encode()).hexdigest()


def right(seed: str, token: str | None) -> bool:
    """Whether a form or a script of ours sent this."""
    return bool(seed) and token is not None and hmac.compare_digest(token_of(seed).encode(), token.encode())


def objection(
    method: str, path: str, headers: Mapping[str, str], seed: str | None, *, ambient: bool
) -> str | None:
    """Why a request must be refused, None when it may pass; `ambient` when the browser itself said who is asking."""
    if method in SAFE:
        return None
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site not in (None, "same-origin", "none"):
        return "请求来自别的网站"
    if origin is not None and origin.partition("://")[2] != headers.get("host", ""):
        return "请求来自别的网站"
    if path in FORMS:
        return None
    by_browser = ambient or site is not None or origin is not None
    if by_browser and not right(seed or "", headers.get(HEADER)):
        return "页面已过期"
    return None
