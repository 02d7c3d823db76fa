"""What is measured is fixed; where a band begins is data. Names end in their unit."""
from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import Field

Positive = Annotated[int, Field(gt=0)]
Seconds = Annotated[float, Field(gt=0)]
Share = Annotated[float, Field(ge=0, le=1)]
Measure = Annotated[float, Field(ge=0)]


@dataclass(frozen=True)
class IdentitySettings:
    """`close_*` is where "close" ends, `far_*` where "far" begins; between them lies "unsure"."""

    face_model: Path | None = None
    """Another BlazeFace model (.tflite, 128 or 192 pixels) to count faces with, instead of the installed ones."""

    close_portrait_correlation: Share = 0.70
    """20th percentile of the local correlation over the portrait's face."""
    far_portrait_correlation: Share = 0.58
    close_text_correlation: Share = 0.70
    """The same over printed text."""
    far_text_correlation: Share = 0.54
    close_face_distance: Measure = 0.55
    """Mean distance of the two faces' descriptors, on dlib's scale. On 520 pairs of the bench one person's two pictures
    lay at 0.604 at most, two people's at 0.596 at least: 0.046 is left on either side."""
    far_face_distance: Measure = 0.65
    document_inliers: Positive = 18
    """Feature matches that lie on one plane, from which a document counts as found."""
    document_fit: Share = 0.15
    """Median correlation of the print, under which a document that was found is one of another kind."""
    shown_document_pixels: Positive = 240
    """Width of the document in the frame, under which it is to be brought nearer before anything is compared."""
    glare_share: Share = 0.25
    """Of a zone lost in a reflection, from which nothing is measured there."""
    covered_share: Share = 0.45
    """Of the portrait zone without its print, from which it counts as covered when no face is seen in it."""
    portrait_pixels: Positive = 60
    """Height of the copy's face in the picture supplied, under which it is not compared."""
    live_face_pixels: Positive = 64
    """Height of the face in the live frame, under which it is not compared."""
    face_frames: Positive = 3
    """Of those looked at, whose live face is compared with the portrait: the largest, all together."""
    name_likeness: Share = 0.80
    """Of two words of a name, from which a reading error may explain the difference."""

    copy_document_pixels: Positive = 600
    """Width of the document on the copy, under which the candidate is told that it is small."""
    copy_sharpness: Measure = 40.0
    """Variance of the Laplacian on the copy at 1000 pixels, under which it is called blurred."""
    copy_glare_share: Share = 0.04
    """Of the copy lost in a reflection, from which the candidate is told."""

    frames: Positive = 6
    """Frames of one check that are looked at, the sharpest first; all others are let go."""
    picture_pixels: Positive = 40_000_000
    """The largest picture decoded."""
    frame_pixels: Positive = 9_437_184

    burst_frames: Annotated[int, Field(ge=0)] = 20
    """Frames that follow a presence sample, looked at for repetition; more are let go."""

    workers: Positive = 2
    """Processes that compute; a further check waits its turn."""
    check_wall_seconds: Seconds = 20.0
    """After it the process is killed and the check has failed."""
    check_cpu_seconds: Positive = 15
    presence_wall_seconds: Seconds = 5.0
    start_wall_seconds: Seconds = 60.0
    address_space_bytes: Positive = 3 << 30
    reply_bytes: Positive = 8 << 20


@dataclass(frozen=True)
class WatchSettings:
    """The candidate's presence on the live stream (R6.4). How often a sample is taken is the framework's."""

    samples: Positive = 2
    """Samples in a row before something shows."""
    dark_luma: Measure = 32.0
    """Mean luma, in grey levels, under which a picture without a face may be called dark."""
    dark_deviation: Measure = 8.0
    """Its standard deviation, under which it is: a lamp that burns in the room is not darkness."""
    blank_deviation: Measure = 3.0
    """Standard deviation of luma, in grey levels, under which a lighter picture without a face is called empty."""
    still_pixels: Measure = 0.10
    """Displacement between two samples, in pixels of a picture 320 wide, up to which nothing has moved."""
    still_levels: Measure = 5.0
    """Local difference of two samples, in grey levels, beyond which they are different pictures."""
    burst_samples: Positive = 3
    """Samples in a row that bring a burst, at each search for repetition (the framework says how often)."""
    burst_step_milliseconds: Positive = 100
    """Between two frames of a burst."""
    loop_moments: Annotated[int, Field(ge=0)] = 3
    """Moments that come back after one and the same time before "looped" shows; 0: never looked for."""
    loop_memory: Positive = 130
    """Views remembered for it, some 72 kB each: two searches."""
