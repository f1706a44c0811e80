"""Scenes, their pictures, their captions and their truth."""
