package io.freshet.worker.handler.sum;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.worker.execution.Computation;
import io.freshet.worker.execution.Line;
import io.freshet.worker.execution.Lines;
import io.freshet.worker.execution.Results;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.math.BigDecimal;

/** Adds up the numbers of each line, a JSON array such as {@code [1,2]}; exactly. */
@ApplicationScoped
@Identifier("sum")
public final class Sum implements Computation {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    @Override
    public void compute(Lines lines, Results results) throws InterruptedException {
        for (Line line = lines.next(); line != null; line = lines.next()) {
            BigDecimal sum = sum(parse(line));
            if (sum == null) {
                results.reject(line, "Not an array of numbers such as [1,2]");
            } else {
                results.write(text(sum));
            }
        }
    }

    private static @Nullable BigDecimal sum(@Nullable JsonNode array) {
        if (array == null || !array.isArray()) {
            return null;
        }
        BigDecimal sum = BigDecimal.ZERO;
        for (JsonNode number : array) {
            if (!number.isNumber()) {
                return null;
            }
            sum = sum.add(number.decimalValue());
        }
        return sum;
    }

    private static @Nullable JsonNode parse(Line line) {
        try (JsonParser parser = JSON.createParser(line.buffer(), line.offset(), line.length())) {
            JsonNode json = JSON.readTree(parser);
            return parser.nextToken() == null ? json : null;
        } catch (JsonProcessingException e) {
            return null;
        } catch (IOException e) {
            throw new IllegalStateException("Bytes in memory can be read", e);
        }
    }

    private static String text(BigDecimal sum) {
        BigDecimal plain = sum.stripTrailingZeros();
        return plain.scale() <= 0 ? plain.toBigInteger().toString() : plain.toString();
    }
}
