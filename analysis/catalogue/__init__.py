"""The catalogue of indicators: declarations only, one file a theme, in one visible dict."""

from __future__ import annotations

from analysis.catalogue import communication, economy, education, family, health, politics
from analysis.catalogue.dimensions import DIMENSIONS
from analysis.catalogue.extras import EXTRA
from analysis.catalogue.methods import METHODS
from analysis.types import Indicator

CATALOGUE: dict[str, Indicator] = {
    indicator.code: indicator
    for theme in (politics, economy, family, health, education, communication)
    for indicator in theme.INDICATORS
}

__all__ = ["CATALOGUE", "DIMENSIONS", "EXTRA", "METHODS"]
