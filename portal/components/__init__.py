"""The page that shows every component: `docs/components.html`, rendered from the templates that pages use."""
