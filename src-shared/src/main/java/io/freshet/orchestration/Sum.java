package io.freshet.orchestration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import java.math.BigDecimal;

/** Adds numbers exactly; results that are not numbers are ignored. */
public final class Sum implements Reducer {
    private BigDecimal sum = BigDecimal.ZERO;

    @Override
    public void add(int item, JsonNode result) {
        if (result.isNumber()) {
            sum = sum.add(result.decimalValue());
        }
    }

    @Override
    public JsonNode value() {
        BigDecimal plain = sum.stripTrailingZeros();
        return plain.scale() <= 0
                ? JsonNodeFactory.instance.numberNode(plain.toBigIntegerExact())
                : DecimalNode.valueOf(plain);
    }
}
