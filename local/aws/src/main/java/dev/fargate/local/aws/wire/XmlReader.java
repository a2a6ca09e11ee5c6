package dev.fargate.local.aws.wire;

import dev.fargate.local.aws.model.ServiceModel;
import dev.fargate.local.aws.model.Shape;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** Reads an XML body into a structure, refusing every element that the model lacks. */
final class XmlReader {
  private final ServiceModel model;

  XmlReader(ServiceModel model) {
    this.model = model;
  }

  /**
   * @param root what the body's element must be called
   */
  Struct read(String root, Shape.Structure shape, byte[] body) {
    Element element = parsed(body);
    if (!element.getLocalName().equals(root)) {
      throw refused("the body must be a " + root + ", was a " + element.getLocalName());
    }
    return structure(shape, element);
  }

  private Struct structure(Shape.Structure shape, Element element) {
    Map<String, String> names = new LinkedHashMap<>();
    shape.members().forEach((name, member) -> names.put(member.wireName(name), name));
    Struct struct = Struct.of();
    for (Element child : children(element)) {
      String name = names.get(child.getLocalName());
      if (name == null) {
        throw refused(
            element.getLocalName()
                + " has the element "
                + child.getLocalName()
                + ", which "
                + shape.name()
                + " does not have");
      }
      Shape member = model.shape(shape.members().get(name).shape());
      if (member instanceof Shape.ListOf list && list.flattened()) {
        List<Object> items =
            new ArrayList<>((List<?>) struct.members().getOrDefault(name, List.of()));
        items.add(value(model.shape(list.member().shape()), child));
        struct.with(name, items);
      } else if (struct.has(name)) {
        throw refused(element.getLocalName() + " has " + child.getLocalName() + " twice");
      } else {
        struct.with(name, value(member, child));
      }
    }
    return struct;
  }

  private Object value(Shape shape, Element element) {
    if (shape instanceof Shape.Structure structure) {
      return structure(structure, element);
    }
    if (shape instanceof Shape.ListOf list) {
      Shape item = model.shape(list.member().shape());
      String name = list.member().wireName("member");
      List<Object> items = new ArrayList<>();
      for (Element child : children(element)) {
        if (!child.getLocalName().equals(name)) {
          throw refused(
              element.getLocalName() + " must hold " + name + ", not " + child.getLocalName());
        }
        items.add(value(item, child));
      }
      return items;
    }
    if (!children(element).isEmpty()) {
      throw refused(element.getLocalName() + " must be one value");
    }
    String text = element.getTextContent();
    return TextValue.parse(shape, text)
        .orElseThrow(
            () ->
                refused("'" + text + "' in " + element.getLocalName() + " is no " + shape.name()));
  }

  private static List<Element> children(Element element) {
    List<Element> children = new ArrayList<>();
    for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element child) {
        children.add(child);
      }
    }
    return children;
  }

  private static Element parsed(byte[] body) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      // No document type, so neither foreign files nor endless entities.
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      factory.setNamespaceAware(true);
      DocumentBuilder builder = factory.newDocumentBuilder();
      // The default one prints to standard error what it throws anyway.
      builder.setErrorHandler(null);
      return builder.parse(new ByteArrayInputStream(body)).getDocumentElement();
    } catch (SAXException | IOException e) {
      throw refused("the request body is not XML");
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static AwsException refused(String message) {
    return new AwsException("SerializationException", message);
  }
}
