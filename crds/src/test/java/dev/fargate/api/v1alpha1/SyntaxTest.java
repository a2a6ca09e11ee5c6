package dev.fargate.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.api.v1alpha1.app.Ingress;
import io.fabric8.generator.annotation.Pattern;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.Field;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The patterns whose rules are more than a set of characters. */
class SyntaxTest {

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, true",
    "0.0.0.0/0, true",
    "255.255.255.255/32, true",
    "256.0.0.0/8, false",
    "10.0.0.0/33, false",
    "10.0.0.0, false",
    "10.0.0/8, false",
    "::/0, true",
    "2001:db8::/32, true",
    "2001:db8::/129, false",
    "abc/8, false"
  })
  void addressRanges(String text, boolean valid) {
    assertThat(text.matches(Syntax.CIDR)).isEqualTo(valid);
  }

  @ParameterizedTest
  @CsvSource({
    "phoenix.example.com, true",
    "*.example.com, true",
    "localhost, false",
    "example.c0m, false",
    "exa mple.com, false"
  })
  void hosts(String text, boolean valid) throws NoSuchFieldException {
    assertThat(text.matches(itemPattern("hosts"))).isEqualTo(valid);
  }

  @ParameterizedTest
  @CsvSource({"/, true", "/*, true", "*.png, true", "/a?b/~c&d, true", "api, false", "/a#b, false"})
  void paths(String text, boolean valid) throws NoSuchFieldException {
    assertThat(text.matches(itemPattern("paths"))).isEqualTo(valid);
  }

  @ParameterizedTest
  @CsvSource({
    "arn:aws:secretsmanager:eu-central-1:123456789012:secret:a/b-x1Y2z3, true",
    "arn:aws:secretsmanager:eu-central-1:123456789012:secret:a-x1Y2z3:token::, true",
    "arn:aws-cn:secretsmanager:cn-north-1:123456789012:secret:a-x1Y2z3:token:AWSCURRENT:, true",
    "arn:aws:secretsmanager:eu-central-1:123456789012:secret:a-x1Y2z3:token, false",
    "arn:aws:ssm:eu-central-1:123456789012:parameter/a, false"
  })
  void secretArns(String text, boolean valid) {
    assertThat(text.matches(Syntax.SECRET_ARN)).isEqualTo(valid);
  }

  @ParameterizedTest
  @CsvSource({
    "nginx, true",
    "nginx:1.27, true",
    "123456789012.dkr.ecr.eu-central-1.amazonaws.com/a/b:1.0, true",
    "a@sha256:0123456789abcdef, true",
    "' nginx', false",
    "nginx 1, false"
  })
  void images(String text, boolean valid) {
    assertThat(text.matches(Syntax.IMAGE)).isEqualTo(valid);
  }

  private static String itemPattern(String field) throws NoSuchFieldException {
    Field list = Ingress.class.getField(field);
    return ((AnnotatedParameterizedType) list.getAnnotatedType())
        .getAnnotatedActualTypeArguments()[0]
        .getAnnotation(Pattern.class)
        .value();
  }
}
