-- devuelve: lo que se estimó de unos microdatos, con las columnas de contratos.ESTIMACION y, después, las del estimador
-- grano: una fila por periodo, marco, lugar, indicador y desglose con entrevistas en el universo
-- parametros: edicion (texto), archivo (texto), reglas (texto: inegi, ine_chile o cepal)
-- metodo: `estimada` es la salida de consultas/estimar/estimar.sql con su clase de precisión. El cuadro es el marco (qué se
--   pondera: personas, hogares_comunal…) y la celda, las variables de la pregunta: con eso se rehace la cifra en el
--   archivo oficial. Lo suprimido llega ya sin cifra y conserva n y gl; su clase se dice con el estado.

select
    fuente,
    periodo,
    lugar,
    indicador,
    desglose,
    valor_pct,
    error_estandar,
    ic_inf,
    ic_sup,
    if(suprimida, null, nivel_confianza) as nivel_confianza,
    n,
    gl,
    cv_pct,
    if(suprimida, null, precision) as precision,
    numerador,
    null::varchar as precision_numerador,
    denominador,
    null::varchar as precision_denominador,
    if(suprimida, 'suprimido', 'dato') as estado,
    'microdatos' as metodo,
    $edicion as edicion,
    $archivo as archivo,
    marco as cuadro,
    celda,
    metodo_intervalo,
    efecto_diseno,
    n_efectivo,
    upm,
    estratos,
    estratos_upm_unica,
    $reglas as reglas
from estimada
inner join variables using (indicador)
order by fuente, periodo, marco, lugar, indicador, desglose
