"""The names that cloud services give to conflict copies."""

from __future__ import annotations

import re

# Words that only a cloud service puts into a name, in the languages of Dropbox, Nextcloud, Syncthing and others.
_SURE = re.compile(r"confli[ck]t|konflik|conflit|競合|冲突|衝突|충돌|конфл|çakış|ristiriit", re.IGNORECASE)


def names_a_conflict(name: str) -> bool:
    """Return whether a file's name, or what is behind the journal's name in it, says that it is a conflict copy."""
    return bool(_SURE.search(name))
