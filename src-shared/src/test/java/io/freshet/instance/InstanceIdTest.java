package io.freshet.instance;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class InstanceIdTest {

    @ParameterizedTest
    @ValueSource(strings = {"my-id", "a b", "größe", "😀", "a:b", "a+b", "a%b", "a'b\"c", " ", ".a", "2026-11"})
    void whatTheRulesAllowIsAnId(String text) {
        assertThat(InstanceId.read(text)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "@x",
                "@counter@k",
                "a/b",
                "a\\b",
                "a#b",
                "a?b",
                "a\u0001b",
                "a\nb",
                "a\u007fb",
                "a\u0085b",
                ".",
                "..",
                "a.",
                "\ud83d",
                "2026-11-8204547905476472157"
            })
    void everythingElseIsNone(String text) {
        assertThat(InstanceId.read(text)).isEmpty();
        assertThatThrownBy(() -> new InstanceId(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anIdHasAtMostAHundredCharacters() {
        assertThat(InstanceId.read("i".repeat(100))).isPresent();
        assertThat(InstanceId.whyNot("i".repeat(101)))
                .hasValueSatisfying(why -> assertThat(why).contains("1 to 100"));
    }

    @Test
    void aGeneratedIdIs32HexadecimalDigits() {
        assertThat(InstanceId.random().text())
                .matches("[0-9a-f]{32}")
                .isNotEqualTo(InstanceId.random().text());
    }

    @Property
    void aPrefixOfTheIdIsAPrefixOfItsName(@ForAll String beginning, @ForAll String end) {
        if (InstanceId.read(beginning + end).isPresent()
                && InstanceId.read(beginning + "x").isPresent()) {
            assertThat(InstanceId.encode(beginning + end)).startsWith(InstanceId.encode(beginning));
        }
    }

    @Property
    void aNameIsReadBack(@ForAll String text) {
        InstanceId.read(text)
                .ifPresent(id -> assertThat(InstanceId.decode(id.encoded())).hasValue(id));
    }

    @Test
    void aNameThatNobodyEncodedIsNoId() {
        assertThat(InstanceId.decode("a%zz")).isEmpty();
        assertThat(InstanceId.decode("a%4")).isEmpty();
        assertThat(InstanceId.decode("%40x")).isEmpty();
    }
}
