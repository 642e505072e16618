/* The inside of a character class for characters nobody sees, as src/invisible.rs has them. */
window.regain.INVISIBLE = "\\p{Default_Ignorable_Code_Point}\\p{Cf}";
