package io.freshet.worker.handler.calculator;

/** The four operations, by sign or by name. */
final class Arithmetic {

    private Arithmetic() {}

    static boolean knows(int sign) {
        return sign == '+' || sign == '-' || sign == '*' || sign == '/';
    }

    /** The sign of an operation given by sign or name; 0 if there is none. */
    static char sign(String name) {
        return switch (name) {
            case "add" -> '+';
            case "subtract" -> '-';
            case "times" -> '*';
            case "divide" -> '/';
            default -> name.length() == 1 && knows(name.charAt(0)) ? name.charAt(0) : 0;
        };
    }

    /** Infinite or NaN if the result is too large or undefined. */
    static double apply(int sign, double left, double right) {
        return switch (sign) {
            case '+' -> left + right;
            case '-' -> left - right;
            case '*' -> left * right;
            case '/' -> left / right;
            default -> throw new IllegalArgumentException("no such operation: " + (char) sign);
        };
    }
}
