"""What several tests of the checks look at, made once."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
import skimage.data

from server.identity.detector import Detector, open_detector
from server.identity.identity_settings import IdentitySettings
from server.identity.pictures import Picture

cv2.setNumThreads(1)


@pytest.fixture(scope="session")
def settings() -> IdentitySettings:
    return IdentitySettings(workers=1)


@pytest.fixture(scope="session")
def detector() -> Detector:
    return open_detector()


@pytest.fixture(scope="session")
def astronaut() -> Picture:
    """Eileen Collins, NASA, public domain: 512 by 512."""
    return np.ascontiguousarray(skimage.data.astronaut())


@pytest.fixture(scope="session")
def astronaut_portrait(astronaut: Picture) -> Picture:
    return np.ascontiguousarray(astronaut[10:310, 105:345])
