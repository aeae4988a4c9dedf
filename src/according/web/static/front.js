// On a small screen the choices stay folded until they are asked for, unless some were made.
const choices = document.querySelector(".choose");
if (choices && matchMedia("(max-width: 40rem)").matches && !location.search) choices.open = false;
