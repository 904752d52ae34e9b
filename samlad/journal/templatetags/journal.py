"""What pages of an operation say of an entry: who may read it."""

from django import template

from samlad.journal.wording import readers

register = template.Library()

register.filter("readers", readers)
