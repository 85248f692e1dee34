package dev.infermux.mock.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaFillerTest {

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '~',
      value = {
        "{'type':'string'} => 'mock'",
        "{'type':'string','minLength':6} => 'mockmo'",
        "{'type':'string','maxLength':2} => 'mo'",
        "{'type':'string','format':'date'} => '2026-01-01'",
        "{'type':'string','pattern':'^[A-Z]{3}$'} => 'MMM'",
        "{'type':'string','pattern':'(['} => 'mock'",
        "{'enum':['celsius','kelvin']} => 'celsius'",
        "{'const':7} => 7",
        "{'type':'integer'} => 1",
        "{'type':'integer','minimum':5} => 5",
        "{'type':'integer','exclusiveMinimum':5,'multipleOf':4} => 8",
        "{'type':'integer','maximum':-3} => -3",
        "{'type':'number','exclusiveMinimum':2,'exclusiveMaximum':3} => 2.5",
        "{'type':'number','minimum':1e400} => 1",
        "{'type':'boolean'} => true",
        "{'type':'null'} => null",
        "{'type':['null','integer']} => 1",
        "{'type':'array','items':{'type':'integer'},'minItems':2} => [1,1]",
        "{'type':'array','items':{'type':'integer'},'maxItems':0} => []",
        "{'prefixItems':[{'type':'integer'},{'type':'string'}],'items':false} => [1,'mock']",
        "{'type':'object','properties':{'a':{'type':'integer'},'b':{}},'required':['a']} =>"
            + " {'a':1}",
        "{'properties':{'a':{'type':'integer'},'b':{}},'minProperties':1} => {'a':1}",
        "{'anyOf':[{'type':'null'},{'type':'integer'}]} => 1",
        "{'oneOf':[{'const':'x'},{'type':'integer'}]} => 'x'",
        "{'allOf':[{'required':['a']},{'properties':{'a':{'const':1}}}]} => {'a':1}",
        "{'$ref':'#/$defs/a','$defs':{'a':{'$ref':'#/$defs/b~1c'},'b/c':{'const':3}}} => 3",
        "{'$ref':''} => 'mock'",
        "{'$ref':'#/nowhere'} => 'mock'",
        "not a schema => {}",
      })
  void a_schema_is_filled_with_the_least_that_is_valid(String schema, String filled) {
    assertThat(SchemaFiller.fill(schema.replace('\'', '"'))).isEqualTo(filled.replace('\'', '"'));
  }

  @Test
  void a_schema_that_refers_to_itself_ends_where_it_may() {
    String filled =
        SchemaFiller.fill(
            """
            {"type":"object","required":["value","next","others"],"properties":{
              "value":{"type":"integer"},
              "next":{"anyOf":[{"$ref":"#"},{"type":"null"}]},
              "others":{"type":"array","items":{"$ref":"#"}}}}
            """);

    JsonObject node = new JsonObject(filled);
    assertThat(node.getInteger("value")).isEqualTo(1);
    assertThat(node.getJsonObject("next").getInteger("value")).isEqualTo(1);
    assertThat(filled).contains("\"next\":null", "\"others\":[]");
  }

  @Test
  void a_schema_that_cannot_end_or_asks_for_too_much_costs_little() {
    String endless =
        "{\"required\":[\"a\",\"b\"],\"properties\":{\"a\":{\"$ref\":\"#\"},\"b\":{\"$ref\":\"#\"}}}";
    String many = "{\"type\":\"array\",\"minItems\":1000000000,\"items\":{\"type\":\"integer\"}}";
    String loop = "{\"$ref\":\"#\",\"allOf\":[{\"$ref\":\"#\"}]}";

    assertThat(SchemaFiller.fill(endless)).hasSizeLessThan(200_000);
    assertThat(SchemaFiller.fill(many)).hasSizeBetween(1_000, 20_000);
    assertThat(SchemaFiller.fill(loop)).isEqualTo("\"mock\"");
  }
}
