-- devuelve: las respuestas de las fichas de buena práctica, textuales
-- grano: una fila por experiencia y pregunta
-- parametros: ninguno
-- metodo: la tabla experiencias_textos, en el orden de la ficha

select experiencia, orden, campo, texto, documento, pasaje
from experiencias_textos
order by experiencia, orden, campo
