-- devuelve: qué práctica pasa de quién a quién, y en qué estado está
-- grano: una fila por transferencia
-- parametros: ninguno
-- metodo: la tabla transferencias, con el nombre de su convenio y de su modelo y cuántos indicadores tiene ligados

select t.transferencia, t.practica, t.de_lugar, t.a_lugar, t.estado, t.desde, t.convenio, c.nombre as nombre_convenio, t.modelo,
    m.nombre as nombre_modelo, t.nota,
    (select count(*) from indicadores_ligados as i where i.objeto = 'transferencias' and i.clave = t.transferencia) as ligados,
    t.documento, t.pasaje
from transferencias as t
left join convenios as c using (convenio)
left join modelos as m using (modelo)
order by list_position(['instalada', 'en curso', 'propuesta', 'retirada', 'no dicho'], t.estado), t.practica, t.transferencia
