"""Lo que cada página enseña: de la tabla de su consulta a figuras y tablas en pantalla, y a la vista que se descarga."""
