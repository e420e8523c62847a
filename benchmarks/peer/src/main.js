/** One form on ODK Web Forms, by its README: the XForm and its lists lie beside the page. */

import { OdkWebForm, POST_SUBMIT__NEW_INSTANCE, webFormsPlugin } from "@getodk/web-forms";
import { createApp, h } from "vue";

const formXml = await (await fetch("/form.xml")).text();
const fetchFormAttachment = (url) => fetch(`/media/${url.pathname.split("/").pop()}`);
const props = {
  formXml,
  fetchFormAttachment,
  missingResourceBehavior: "BLANK",
  onSubmit: (_payload, done) => done({ next: POST_SUBMIT__NEW_INSTANCE }),
};
createApp({ render: () => h(OdkWebForm, props) }).use(webFormsPlugin).mount("#app");
