/*/ pcarch: ignore A b */
//pcarch: ignore A\