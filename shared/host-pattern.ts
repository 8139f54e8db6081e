/** The form of a host name or address in configuration. Never starts with a dash: it becomes an argument of a program. */
export const hostPattern = '^[A-Za-z0-9_\\[:][A-Za-z0-9_.:%\\]-]{0,253}$';
