"""What is asked of a limit and of a dossier's clock.

``deadline`` (one limit), ``countdown`` (a dossier's clock), ``promise_gap`` (an appointment beyond the limit, or short of it),
``appointments`` (what an event must carry), ``readings`` (what open law allows).
"""
