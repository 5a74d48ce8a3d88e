"""The steps of a form as pages of their own, which the phone's back button shows again: between them what was typed waits sealed.

A step that is answered by POST itself stays in the browser's history as what was sent: Chromium shows an error page instead of it, and sends the story
once more on "reload", after the quick exit too (measured in 2026, without JavaScript). So each step leads on to an address, and what was typed lies in
the session, sealed under a key that only a cookie of this browser holds, for a quarter of an hour after the last step. The quick exit takes both away,
and with the session's cookie the pages that the browser holds in memory. Who opens the form by its own address begins anew, whoever wrote before.
What a browser remembers of a field by itself, for its own back button, is not in our hands: with JavaScript the quick exit empties the fields.

    PAGES = StepPages(AskForm, begin="room:ask", at="room:ask_step", cookie="langkah2")

The view answers a POST that is not ready by `PAGES.onward(request, form)`, an address of a step by `PAGES.at_step(request, step)`, and the plain address
by `PAGES.begin(request)`; what was taken it lets go by `PAGES.drop(request)`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from serikat.kernel.errors import Missing
from serikat.kernel.opening import MINUTES, close, open_for, opened
from serikat.ui.stepping import SteppedForm


class Waiting(NamedTuple):
    data: QueryDict
    step: str  # that was shown when it was kept, with what was found wrong there
    errors: dict[str, list[str]]
    lost: bool  # a file came in that could not be held


class StepPages:
    """`make` gives the form for what was typed, or an empty one; `begin` and `at` name the addresses of the form and of one of its steps. Each form has a
    cookie of its own, so that two of them may be half done in one browser."""

    def __init__(self, make: Callable[..., SteppedForm], *, begin: str, at: str, cookie: str) -> None:
        self.make, self.begin_at, self.step_at, self.cookie = make, begin, at, cookie
        self.shelf = f"steps.{cookie}"

    def begin(self, request: HttpRequest, **typed: str) -> HttpResponse:
        """To the first step, with nothing but what is given here."""
        self.drop(request)
        empty = self.make()
        first = empty.STEPS[0].name
        answer = redirect(self.step_at, first)
        if typed:
            begun = {name: [str(value)] for name, value in {**empty.initial, **typed}.items()}
            self._keep(request, answer, begun, first)
        return answer

    def at_step(self, request: HttpRequest, step: str) -> SteppedForm | HttpResponse:
        """The form at this step; away to the beginning where nothing waits for it."""
        names = [one.name for one in self.make().STEPS]
        if step not in names:
            raise Missing
        waiting = self._waiting(request)
        if waiting is None:
            return self.make() if step == names[0] else redirect(self.begin_at)
        waiting.data[SteppedForm.AT] = step
        form = self.make(waiting.data)
        form.say_again(waiting.errors if step == waiting.step else {})
        form.lost = waiting.lost
        return form

    def onward(self, request: HttpRequest, form: SteppedForm) -> HttpResponse:
        """To the step that the form has turned to."""
        answer = redirect(self.step_at, form.step.name)
        errors = {name: [str(said) for said in told] for name, told in form.errors.items()}
        self._keep(request, answer, form.all_typed(), form.step.name, errors, lost=form.lost)
        return answer

    def drop(self, request: HttpRequest) -> None:
        close(request, self.shelf)

    def _keep(
        self,
        request: HttpRequest,
        answer: HttpResponse,
        typed: Mapping[str, list[str]],
        step: str,
        errors: Mapping[str, list[str]] | None = None,
        *,
        lost: bool = False,
    ) -> None:
        """Under a fresh key, which goes into the cookie of this answer."""
        key = Fernet.generate_key()
        told = json.dumps([typed, step, errors or {}, lost])
        open_for(request, self.shelf, Fernet(key).encrypt(told.encode()).decode())
        answer.set_cookie(
            self.cookie,
            key.decode(),
            max_age=MINUTES * 60,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )

    def _waiting(self, request: HttpRequest) -> Waiting | None:
        sealed, key = opened(request, self.shelf), request.COOKIES.get(self.cookie, "")
        try:
            told: Any = json.loads(Fernet(key).decrypt(sealed.encode()))
        except (InvalidToken, ValueError):
            return None
        data = QueryDict(mutable=True)
        for name, values in told[0].items():
            data.setlist(name, values)
        return Waiting(data, *told[1:])
