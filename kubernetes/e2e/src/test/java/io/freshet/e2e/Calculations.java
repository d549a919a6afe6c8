package io.freshet.e2e;

import io.freshet.harness.api.Gateway;

/** Lines for the calculator, and what has to come of them. */
record Calculations(int count) {

    String lines() {
        return Gateway.text(made().file());
    }

    String results() {
        return Gateway.text(made().results());
    }

    private io.freshet.harness.calculator.Calculations made() {
        return new io.freshet.harness.calculator.Calculations(count).good(count);
    }
}
