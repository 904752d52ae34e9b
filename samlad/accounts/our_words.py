"""No password out of the words that everybody here has in mind."""

import re
from typing import Final

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

WORDS: Final = (
    *("samlad", "samverkan", "stockholm", "region", "lansstyrelse", "länsstyrelse", "kommun", "myndighet", "polisen"),
    *(
        "krisberedskap",
        "beredskap",
        "krisledning",
        "kris",
        "larm",
        "lagesbild",
        "lägesbild",
        "samordning",
        "inriktning",
    ),
    *(
        "ssr",
        "rsk",
        "tib",
        "csk",
        "nacka",
        "sodertalje",
        "södertälje",
        "solna",
        "lidingo",
        "lidingö",
        "huddinge",
        "botkyrka",
    ),
    *(
        "jour",
        "vakt",
        "beredskapsjour",
        "losenord",
        "lösenord",
        "password",
        "valkommen",
        "välkommen",
        "welcome",
        "admin",
    ),
    *(
        "januari",
        "februari",
        "mars",
        "april",
        "juni",
        "juli",
        "augusti",
        "september",
        "oktober",
        "november",
        "december",
    ),
    *("sommar", "vinter", "host", "höst", "var", "vår", "sverige", "svensk", "abc", "qwerty", "asdf"),
)
"""What people here would think of first: the program, the model, roles, places, seasons."""
LEFT: Final = 6  # letters that must be left when they are taken away


class NotOurWords:
    """Refuses a password that is little more than those words, figures and signs."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        """Raises ValidationError."""
        rest = password.casefold()
        for word in sorted(WORDS, key=len, reverse=True):
            rest = rest.replace(word, " ")
        if len(re.findall(r"[^\W\d_]", rest)) < LEFT:
            raise ValidationError(self.get_help_text(), code="our_words")

    def get_help_text(self) -> str:
        """What is asked for."""
        return _("Not only words such as samlad, stockholm, the season or your role with figures after them.")
