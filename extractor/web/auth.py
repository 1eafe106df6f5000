"""Who is asking: anybody on this machine, whoever knows the token, or one of the users; sessions are rows, passwords scrypt hashes."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from base64 import b64decode, b64encode
from collections import deque
from http.cookies import CookieError, SimpleCookie
from typing import Literal, NamedTuple

from sqlalchemy import delete, func, select

from extractor.errors import SettingsError
from extractor.web.settings import Desk
from extractor.web.store import Store
from extractor.web.store.models import SignIn, User

COOKIE = "desk"
Mode = Literal["open", "token", "users"]
_COST, _BLOCK, _LANES, _MEMORY = 1 << 14, 8, 1, 64 << 20
_MOST_TRIES, _TRY_SECONDS = 8, 60.0
_MOST_SEEDS = 200


class Identity(NamedTuple):
    """Who asks: whose reviews they see, what the history calls them, and the seed of their forms' tokens."""

    owner: str
    name: str
    seed: str
    cookie: bool


class TooManyTries(Exception):
    """Somebody guesses passwords."""


def hashed(password: str, salt: bytes | None = None) -> str:
    """A password as it is kept."""
    salt = salt or secrets.token_bytes(16)
    made = hashlib.scrypt(password.encode(), salt=salt, n=_COST, r=_BLOCK, p=_LANES, maxmem=_MEMORY)
    return f"scrypt${b64encode(salt).decode()}${b64encode(made).decode()}"


def matches(password: str, kept: str) -> bool:
    """Whether a password is the one that is kept."""
    _, salt, _ = kept.split("$")
    return hmac.compare_digest(hashed(password, b64decode(salt)), kept)


_NOBODY = hashed("", b"0" * 16)  # so that an unknown name takes as long as a wrong password


def add_user(store: Store, name: str, password: str) -> None:
    """A user who may sign in, or a new password for one who may already."""
    if not name.strip() or len(name) > 80 or not name.isprintable():
        raise SettingsError(f"用户名 {name!r} 无效；请用 1 到 80 个可见字符")
    if len(password) < 8:
        raise SettingsError("密码太短；请用至少 8 个字符")
    with store.writing() as session:
        session.merge(User(name=name.strip(), password=hashed(password), created=time.time()))
        session.execute(delete(SignIn).where(SignIn.user == name.strip()))


class Doors:
    """How one comes into a desk."""

    def __init__(self, desk: Desk, store: Store) -> None:
        self.desk, self.store = desk, store
        self._tries: dict[str, deque[float]] = {}
        with store.reading() as session:
            self.users = bool(session.scalar(select(func.count()).select_from(User)))

    @property
    def mode(self) -> Mode:
        """What the desk asks of those who come."""
        return "users" if self.users else "token" if self.desk.token else "open"

    def identity(self, bearer: str | None, cookie: str | None) -> Identity | None:
        """Who shows these; None when the desk knows neither."""
        if self.mode == "open":
            return Identity("", "审核人", cookie or "", cookie is not None)
        if bearer is not None:
            if self.mode == "token" and hmac.compare_digest(
                bearer.encode(), (self.desk.token or "").encode()
            ):
                return Identity("", "审核人", "", False)
            return self._session(bearer, cookie=False)
        return None if cookie is None else self._session(cookie, cookie=True)

    def _session(self, token: str, *, cookie: bool) -> Identity | None:
        with self.store.reading() as session:
            kept = session.get(SignIn, self._digest(token))
        if kept is None or kept.expires < time.time() or bool(kept.user) != (self.mode == "users"):
            return None
        return Identity(kept.user, kept.user or "审核人", token, cookie)

    def sign_in(self, name: str, password: str, place: str) -> str | None:
        """A new session's token; None when name and password do not go together."""
        self._count(place)
        if self.mode == "open":
            return secrets.token_urlsafe(32)
        user = ""
        if self.mode == "users":
            with self.store.reading() as session:
                known = session.get(User, name)
            good = matches(password, known.password if known else _NOBODY) and known is not None
            user = name
        else:
            good = hmac.compare_digest(password.encode(), (self.desk.token or "").encode())
        if not good:
            return None
        self._tries.pop(place, None)
        token, now = secrets.token_urlsafe(32), time.time()
        with self.store.writing() as session:
            session.execute(delete(SignIn).where(SignIn.expires < now))
            expires = now + self.desk.session_hours * 3600
            session.add(SignIn(token=self._digest(token), user=user, created=now, expires=expires))
        return token

    def sign_out(self, token: str) -> None:
        """The end of a session."""
        with self.store.writing() as session:
            session.execute(delete(SignIn).where(SignIn.token == self._digest(token)))

    def _count(self, place: str) -> None:
        """Let only so many tries a minute come from one place."""
        now = time.monotonic()
        if len(self._tries) > 10_000:
            self._tries.clear()
        tries = self._tries.setdefault(place, deque())
        while tries and tries[0] < now - _TRY_SECONDS:
            tries.popleft()
        if len(tries) >= _MOST_TRIES:
            raise TooManyTries
        tries.append(now)

    def _digest(self, token: str) -> str:
        """How a session is kept: it ends when the desk's token is another."""
        return hmac.new((self.desk.token or "").encode(), token.encode(), "sha256").hexdigest()


def shown(headers: dict[str, str]) -> tuple[str | None, str | None]:
    """The bearer token and the cookie that a request shows."""
    scheme, _, bearer = headers.get("authorization", "").partition(" ")
    try:
        morsel = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        morsel = None
    cookie = morsel.value if morsel is not None and 0 < len(morsel.value) <= _MOST_SEEDS else None
    return (bearer.strip() if scheme.lower() == "bearer" and bearer.strip() else None), cookie
