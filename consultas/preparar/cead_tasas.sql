-- devuelve: las tasas publicadas de cada comuna, año y familia de delito, sin casos; columnas de contratos.CONTEO
-- grano: una fila por año, comuna y familia
-- parametros: ninguno
-- metodo: la oficina no publica los casos: son tasa × proyección base 2017 ÷ 100 000 y los calcula conteo_vigente. Los años
--   que llegan aquí están cerrados, así que cubren doce meses. No hay filas de región ni de país: una tasa no se suma

select
    'cead' as fuente,
    c.periodo,
    c.lugar,
    d.indicador,
    'total' as desglose,
    null::bigint as casos,
    c.tasa_100k as tasa_publicada_100k,
    12::bigint as meses,
    'dato' as estado,
    'publicada' as metodo,
    p.edicion,
    p.archivo,
    c.lugar || ' › ' || c.familia as celda
from celdas as c
inner join delitos as d on d.instrumento = 'cead_tasas' and d.delito = c.familia
cross join portada as p
order by d.indicador, c.lugar, c.periodo
