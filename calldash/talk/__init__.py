"""Talk analytics: who speaks when in a stereo recording, and what that says of the talk."""
