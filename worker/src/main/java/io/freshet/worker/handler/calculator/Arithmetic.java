package io.freshet.worker.handler.calculator;

/** The four operations, named by their sign. */
final class Arithmetic {

    private Arithmetic() {}

    static boolean knows(int sign) {
        return sign == '+' || sign == '-' || sign == '*' || sign == '/';
    }

    /** An infinity or not a number where the result is too large or undefined. */
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
