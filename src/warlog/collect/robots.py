"""robots.txt: what a site wants read by programs, and how often. Asked once for a site, and remembered for a day.

As RFC 9309 has it: a site without the file allows everything; one that cannot say, since it is out of order, nothing.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from protego import Protego

from warlog.collect.web_address import Address
from warlog.collect.web_errors import WebError

#: So much of the file is read; RFC 9309 asks for 500 KiB at least.
MAX_BYTES = 512 * 1024
#: Seconds for which an answer, and the lack of one, is remembered.
KEEP = 86_400.0
KEEP_FAULT = 600.0
_MOST_SITES = 1000


@dataclass(slots=True)
class _Site:
    rules: Protego | None
    until: float
    #: why there are no rules, where the site is out of order
    fault: WebError | None = None


class Robots:
    """The rules of the sites visited. `get` fetches a robots.txt: its bytes, or None where a site has none; or WebError."""

    def __init__(self, agent: str, get: Callable[[Address], bytes | None], clock: Callable[[], float]) -> None:
        self._agent = agent
        self._get = get
        self._clock = clock
        self._sites: OrderedDict[str, _Site] = OrderedDict()

    def check(self, address: Address) -> float:
        """Seconds that the site wants between requests. Raises WebError if the address is not to be read by us."""
        site = self._site(address)
        if site.fault is not None:
            raise WebError(f"{address} is not read, since {site.fault}", passing=True, retry_after=site.fault.retry_after)
        if site.rules is None:
            return 0.0
        if not site.rules.can_fetch(str(address), self._agent):
            raise WebError(f"{address} is not read: the site's robots.txt does not allow it.")
        rate = site.rules.request_rate(self._agent)
        each = rate.seconds / rate.requests if rate is not None and rate.requests > 0 else 0.0
        return max(site.rules.crawl_delay(self._agent) or 0.0, each)

    def _site(self, address: Address) -> _Site:
        known = self._sites.get(address.origin)
        if known is not None and known.until > self._clock():
            self._sites.move_to_end(address.origin)
            return known
        site = self._asked(Address(address.scheme, address.host, address.port, "/robots.txt"))
        self._sites[address.origin] = site
        self._sites.move_to_end(address.origin)
        if len(self._sites) > _MOST_SITES:
            self._sites.popitem(last=False)
        return site

    def _asked(self, address: Address) -> _Site:
        try:
            data = self._get(address)
        except WebError as error:
            return _Site(None, self._clock() + max(KEEP_FAULT, error.retry_after or 0.0), fault=error)
        rules = None if data is None else Protego.parse(data.decode("utf-8-sig", "replace").replace("\0", " "))
        return _Site(rules, self._clock() + KEEP)
