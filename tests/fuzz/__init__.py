"""Throwing things at the program: every form and address it has, found by looking, with whatever a wire can carry.

`strings` what is thrown · `browser` how it is sent, through the bridge that the server uses · `pages` which forms and
links there are · `judge` what an answer must be like · `profile` how much of it.
"""
