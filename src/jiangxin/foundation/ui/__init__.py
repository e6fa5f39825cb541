"""The design system: frames, components, form templates, styles and icons."""
