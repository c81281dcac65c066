"""RedNote over the HTTP protocol of its creator studio.

client     the destination: whoami, mark, prepare, publish, find
topics · upload · videos · own_notes · payload     what each of them is made of
upload     which file goes which way: in one piece, several side by side (`several`), or in parts
           (`multipart`, `parts`), with `permits`, over `upload_host`, read by `planned`
asking     calls that may be repeated         outcomes   what an answer means
wire · answers     requests and answers as bytes      hosts · session · signing   where, who, proof
"""
