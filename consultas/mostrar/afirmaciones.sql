-- devuelve: cada frase que un documento o una persona da por hecha, con el documento de donde sale
-- grano: una fila por afirmación
-- parametros: ninguno
-- metodo: las columnas de la tabla afirmaciones, tal cual, más título, autoría, fecha y dirección del documento. Una frase con dos
--   cuentas son dos filas: cada una tiene su veredicto. El veredicto no está aquí: depende del error, y lo da
--   estadistica.afirmaciones con las cifras de consultar y clasificar. En el orden en que la tabla las trae no se puede confiar:
--   van por documento y clave.

select
    a.*,
    d.titulo as documento_titulo,
    d.autoria as documento_autoria,
    d.fecha as documento_fecha,
    d.direccion as documento_direccion
from afirmaciones as a
left join documentos as d on d.documento = a.documento
-- Primero las que se pueden poner frente a una cifra.
order by a.indicador is null, a.documento, a.afirmacion
