"""Un módulo por fuente: reconocer, leer y revisar. La fuente no interpreta; el catálogo sí."""
