"""Distances and bearings on the sphere, in kilometres and degrees; points are WGS84 latitude and longitude."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

_DIAMETER_KM = 12742.0176
#: Kilometres in one degree of latitude.
KM_PER_DEGREE = 111.195


def distance_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance between two points."""
    p = math.pi / 180
    h = 0.5 - math.cos((b[0] - a[0]) * p) / 2 + math.cos(a[0] * p) * math.cos(b[0] * p) * (1 - math.cos((b[1] - a[1]) * p)) / 2
    return _DIAMETER_KM * math.asin(math.sqrt(min(1.0, max(0.0, h))))


def distances_km(
    lat: npt.NDArray[np.float64], lon: npt.NDArray[np.float64], point: tuple[float, float]
) -> npt.NDArray[np.float64]:
    """Great-circle distances from many points to one."""
    p = math.pi / 180
    h = 0.5 - np.cos((lat - point[0]) * p) / 2 + math.cos(point[0] * p) * np.cos(lat * p) * (1 - np.cos((lon - point[1]) * p)) / 2
    out: npt.NDArray[np.float64] = _DIAMETER_KM * np.arcsin(np.sqrt(np.clip(h, 0.0, 1.0)))
    return out


def apart_km(
    lat: npt.NDArray[np.float64],
    lon: npt.NDArray[np.float64],
    other_lat: npt.NDArray[np.float64],
    other_lon: npt.NDArray[np.float64],
) -> npt.NDArray[np.float64]:
    """Great-circle distances from each of many points to the one at the same place in a second list."""
    p = math.pi / 180
    h = (
        0.5
        - np.cos((lat - other_lat) * p) / 2
        + np.cos(lat * p) * np.cos(other_lat * p) * (1 - np.cos((lon - other_lon) * p)) / 2
    )
    out: npt.NDArray[np.float64] = _DIAMETER_KM * np.arcsin(np.sqrt(np.clip(h, 0.0, 1.0)))
    return out


def bearing(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Compass bearing from the first point to the second, 0 to 360 degrees."""
    la, lb, d = math.radians(a[0]), math.radians(b[0]), math.radians(b[1] - a[1])
    y, x = math.sin(d) * math.cos(lb), math.cos(la) * math.sin(lb) - math.sin(la) * math.cos(lb) * math.cos(d)
    return math.degrees(math.atan2(y, x)) % 360


def turn(a: float, b: float) -> float:
    """Smallest angle between two bearings, 0 to 180 degrees."""
    return abs((a - b + 180) % 360 - 180)


def middle(a: tuple[float, float], b: tuple[float, float]) -> tuple[float, float]:
    """About the middle of two points that are not far apart; right across the date line too."""
    west, east = sorted((a[1], b[1]))
    lon = (west + east) / 2 if east - west <= 180 else (west + east + 360) / 2
    return (a[0] + b[0]) / 2, lon if lon <= 180 else lon - 360
