"""Why a deadline is when it is, in words and as a picture; shown by ``Deadline.explained`` and ``Deadline.to_svg``.

``steps_retold`` tells one step of a limit day by day, ``story`` the whole: what came before the count, the count and
what moved its end; ``picture`` draws it. Nothing of it is public.
"""
