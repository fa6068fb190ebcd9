-- devuelve: la cifra que se muestra cuando varias ediciones o cuadros traen la misma; todas las columnas de estimacion
-- grano: una fila por fuente, periodo, lugar, indicador, desglose y método
-- parametros: ninguno
-- metodo: la edición más nueva manda, porque INEGI corrige hacia adelante. Dentro de ella, el cuadro que trae la cifra y no
--   la redondea (uno de 2019T4 va a un decimal); luego el que trae números absolutos, que permiten comprobarla; y en
--   último empate, el de número menor. Ninguna edición se borra: las demás siguen en la tabla estimacion.

select *
from estimacion
qualify row_number() over (
    partition by fuente, periodo, lugar, indicador, desglose, metodo
    order by
        edicion desc,
        (valor_pct is null),
        (valor_pct = round(valor_pct, 1)),
        (numerador is null),
        cuadro,
        celda
) = 1
