-- devuelve: las celdas publicadas con su clase de precisión, su proporción y las entrevistas que hay detrás
-- grano: una fila por fuente, periodo, lugar, indicador y desglose con clase de precisión, 0 < p < 1 y n conocida
-- parametros: ninguno
-- metodo: n = entrevistas del lugar en el trimestre × denominador de la celda / población (u hogares) del lugar. La clase
--   es la del porcentaje, no la del absoluto. Sólo celdas que traen su denominador.

select
    e.fuente,
    e.periodo,
    m.trimestre,
    e.edicion,
    e.cuadro,
    e.lugar,
    i.tema,
    e.indicador,
    e.desglose,
    e.precision,
    e.valor_pct / 100 as p,
    e.denominador / if(i.unidad = '% de hogares', m.hogares, m.personas) as parte,
    m.entrevistas * if(parte > 1, 1, parte) as n,
    m.factor_asignacion
from estimacion_vigente as e
join indicadores as i using (indicador)
join muestra_lugar as m
    on m.fuente = e.fuente
    and m.lugar = e.lugar
    and m.periodo = e.periodo
where e.metodo = 'publicada'
    and e.estado = 'dato'
    and e.precision is not null
    and e.denominador > 0
    and e.valor_pct > 0
    and e.valor_pct < 100
    and parte > 0
order by e.fuente, e.periodo, e.lugar, e.indicador, e.desglose
