"""Lo que se lleva quien mira: tablas e imágenes con su cita."""
