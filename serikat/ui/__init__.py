"""Components, forms, styles, the gallery and the navigation registry. Knows no room above it."""
