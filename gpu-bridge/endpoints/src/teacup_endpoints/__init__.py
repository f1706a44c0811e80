"""Text-to-image methods on diffusers, served by Teacup's render contract."""
