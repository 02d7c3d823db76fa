"""Live media behind one seam (`engine.MediaEngine`)."""
