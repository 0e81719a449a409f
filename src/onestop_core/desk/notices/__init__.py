"""Notices to an applicant: short texts for e-mail and for a mobile telephone.

* :func:`~onestop_core.desk.notice` (``writing``) says one of the :class:`NoticeKind` of a dossier; a :class:`~onestop_core.desk.Notice` has a subject, a body and a
  text for SMS.
* :class:`Sms` (``texting``) is that text with its length and the number of messages that it takes; :func:`sms` measures any text.
* ``WORDINGS`` (``wording``) are the words, as data; a :class:`Wording` of your own takes the place of one.
"""

from onestop_core._public import publish
from onestop_core.desk.notices.texting import Alphabet, Sms, sms
from onestop_core.desk.notices.wording import WORDINGS, NoticeKind, Wording
from onestop_core.desk.notices.writing import Notice, notice

__all__ = ["WORDINGS", "Alphabet", "Notice", "NoticeKind", "Sms", "Wording", "notice", "sms"]

publish(globals())
