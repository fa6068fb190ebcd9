# ENUSC 2023 real (INE Chile): 136 comunas con los factores comunales; nación y 16 regiones con los regionales.
e <- new.env()
load(file.path(FUENTES, "enusc", "enusc_2023_calidad.rda"), e)
d <- as.data.frame(get(ls(e)[1], e))
claves <- c(VH_DC = "Hog", VH_DV = "Hog", VP_DC = "Pers", VP_DV = "Pers", PAD = "Pers")
guardar(do.call(rbind, lapply(names(claves), function(k) {
  base <- data.frame(estrato = d$VarStrat, upm = d$Conglomerado, y = as.numeric(d[[k]]))
  comunal <- diseno(cbind(base, peso = d[[paste0("Fact_", claves[k], "_Com")]]))
  regional <- diseno(cbind(base, peso = d[[paste0("Fact_", claves[k], "_Reg")]]))
  fila <- function(des, lugar, dentro) estimar(des, dentro, "y", data.frame(lugar = lugar, clave = k), 95)
  rbind(
    fila(regional, "CL", rep(TRUE, nrow(d))),
    do.call(rbind, lapply(sort(unique(d$enc_region)), function(r)
      fila(regional, sprintf("CL-%02d", r), d$enc_region == r))),
    do.call(rbind, lapply(sort(unique(d$enc_rpc)), function(c)
      fila(comunal, sprintf("CL-%05d", c), d$enc_rpc == c)))
  )
})), "enusc_2023.csv")
